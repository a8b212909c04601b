/**
 * How fast the whole line is, beside a plain program that drains the same pages and posts the same batches. Both run in JVMs of their
 * own, against simulators in a third one that serve prepared bytes without limits. What refreshing costs, and what mapping does, by
 * themselves.
 */
package bellwether.bench;
