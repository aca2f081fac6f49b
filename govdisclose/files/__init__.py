"""What is on disk, found, named, read, and written over only when it may be."""
