package bellwether.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record of a file: the names of the header with the texts of the row, or the object of a line.
 *
 * @param line the line it begins on, the first of the file is 1; in a workbook the row's number
 * @param record what was read of it; of a broken one as much as could be read
 * @param broken why it is no record, or null
 */
public record FileRow(long line, ObjectNode record, String broken) {}
