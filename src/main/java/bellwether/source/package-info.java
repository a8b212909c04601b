/**
 * Where responses come from: a tool as declared, a connection to it, what is to be read when, and the puller, a plain state
 * machine that asks for one page at a time and loses none at page caps, ties, restarts or lies of the other side.
 */
package bellwether.source;
