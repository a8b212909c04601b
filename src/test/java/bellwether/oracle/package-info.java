/**
 * A program of its own that shares no code with Bellwether: it reads what the survey tool holds, what the ledger holds and what the
 * CRM holds, works out from the first what the other two must be, and tells every difference.
 *
 * <ul>
 *   <li>What is worked out, each in at most 150 lines of plain loops: {@link bellwether.oracle.Naive} windows, what counts, counts, NPS,
 *       interval and relationship of some answers; by what it counts {@link bellwether.oracle.Signs} what has happened to people,
 *       {@link bellwether.oracle.Falls} the fall of an account, {@link bellwether.oracle.Satisfied} and
 *       {@link bellwether.oracle.Weighing} its further healths, {@link bellwether.oracle.Gap} what lies between roles,
 *       {@link bellwether.oracle.Whole} the company's figures. {@link bellwether.oracle.Standing} asks for all that is said of an account
 *       and since when, {@link bellwether.oracle.Said} remembers it.
 *   <li>Facts, what is told of answers and people and whose each answer is: {@link bellwether.oracle.Answer},
 *       {@link bellwether.oracle.Law}; read from the simulators by {@link bellwether.oracle.Truth}, from all that happened in a random
 *       life by {@link bellwether.oracle.World}, {@link bellwether.oracle.Copies}, which merges them,
 *       {@link bellwether.oracle.Dossiers}, which remembers accounts, and {@link bellwether.oracle.Whose}, which matches people and
 *       follows moves and merges, by loops of their own.
 *   <li>Comparers: {@link bellwether.oracle.Expected} lays out what has happened and, with {@link bellwether.oracle.Kept} and
 *       {@link bellwether.oracle.Told}, what the ledger keeps, as of a {@link bellwether.oracle.Look};
 *       {@link bellwether.oracle.Believed} what was believed
 *       earlier; {@link bellwether.oracle.LedgerCheck}, {@link bellwether.oracle.CrmCheck} and {@link bellwether.oracle.SignalCheck} look at a
 *       running system, {@link bellwether.oracle.Oracle} asks for all of it.
 * </ul>
 */
package bellwether.oracle;
