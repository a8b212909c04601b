/**
 * Random lives of a ledger: what happened is told to the real store piece by piece, with restarts and crashes in between, and everything it
 * then holds is compared with what {@link bellwether.oracle.Expected} works out from the beginning.
 */
package bellwether.histories;
