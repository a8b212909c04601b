/**
 * A program of its own that shares no code with Bellwether: it reads what the survey tool holds, what the ledger holds and what the
 * CRM holds, works out from the first what the other two must be, and tells every difference.
 */
package bellwether.oracle;
