/**
 * What people type: {@link bellwether.command.Bellwether} is the command line, each command one class, with what it prints beside it.
 * A command does by itself, or has a running daemon do, what it is asked for, and ends with an {@link bellwether.daemon.Exit}.
 */
package bellwether.command;
