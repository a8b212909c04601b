/**
 * What runs: {@link bellwether.daemon.Daemon} opens the store and gives the files of {@code routes} the beans they name, one for each
 * step and connection. The only package that starts Camel.
 */
package bellwether.daemon;
