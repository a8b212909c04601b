/**
 * YAML to meaning: reads the files of an installation, fills {@code ${ENV}}, lays overlays on top, and reports every mistake of
 * every file with its line. The only package that parses YAML. Also the closed list of conversions by which a record of a tool
 * becomes values of ours.
 */
package bellwether.mapping;
