"""What is prescribed, what is reported, and what is wrong: values without input or output."""
