package bellwether.mapping;

/** Where a value was written: a file and a line counted from 1. */
record Place(String file, int line) {}
