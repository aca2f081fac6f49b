"""Walk an officer through a report, question by question."""
