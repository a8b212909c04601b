/**
 * A program of its own that shares no code with Bellwether: it reads what the survey tool holds, what the ledger holds and what the
 * CRM holds, works out from the first what the other two must be, and tells every difference.
 *
 * <ul>
 *   <li>The recomputation of an account is {@link bellwether.oracle.Naive}, at most 150 lines of plain loops: windows, what counts, counts,
 *       NPS, interval and health of some answers. By what it counts {@link bellwether.oracle.Signs} finds warnings, moves, milestones and
 *       falls, {@link bellwether.oracle.Whole} the company's figures. Everything else only brings answers or compares what these say.
 *   <li>Facts, what is told of answers and people and whose each answer is: {@link bellwether.oracle.Answer},
 *       {@link bellwether.oracle.Law}; read from the simulators by {@link bellwether.oracle.Truth}, from all that happened in a random
 *       life by {@link bellwether.oracle.World}, which merges copies, matches people and follows moves by loops of its own.
 *   <li>Comparers: {@link bellwether.oracle.Expected} lays the figures out as the ledger keeps them,
 *       {@link bellwether.oracle.LedgerCheck}, {@link bellwether.oracle.CrmCheck} and {@link bellwether.oracle.SignalCheck} look at a
 *       running system, {@link bellwether.oracle.Oracle} asks for all of it.
 * </ul>
 */
package bellwether.oracle;
