/**
 * A survey tool (Wootric) and a CRM (Salesforce) on loopback, with a made-up company behind both. They exist for the demo and the
 * tests: they speak the vendors' HTTP, refuse what the vendors refuse, keep their limits, and can be told to fail. They count
 * what was created, so that a doubled write is seen even where the data look right.
 *
 * <p>Facts come from the vendors' public pages: Wootric's API documentation (responses, end users, errors, rate limit; last
 * changed in 2021) and the public Singer tap for it; Salesforce's REST API guide (query, sObject Collections, composite, error
 * codes, limits) and the SOQL reference. Where these are silent, the simulator takes the stricter reading: {@code per_page} above
 * 50 is an error here, and so is a string where the CRM wants a number. Not from any page but invented: the grouping of Wootric's
 * endpoints for the rate limit (list of responses, list of end users, single end user), end-user times without an offset being
 * UTC, that an end user's record changes when they are asked, and error texts that no client should read.
 *
 * <p>This package uses the JDK, Jackson and Vert.x only and is imported by nothing but the demo command and tests. Start with
 * {@link bellwether.simulator.Company}, {@link bellwether.simulator.WootricSimulator} and
 * {@link bellwether.simulator.SalesforceSimulator}. Every other survey tool is a {@link bellwether.simulator.DeclaredTool}, made of the
 * tool's own file by a reading of that file that shares no code with the one that pulls.
 *
 * <p>Beyond the vendors' APIs the two that are written by hand serve, under {@code /__simulator/}:
 *
 * <ul>
 *   <li>both: {@code POST|GET|DELETE faults} (see {@link bellwether.simulator.Fault}), {@code GET|DELETE calls},
 *       {@code GET counters}, {@code DELETE tokens}
 *   <li>Wootric: {@code GET responses}, {@code GET end_users} (JSON lines, with unix times), {@code POST grow}
 *       {@code {"responses":1,"edits":0,"contacts":0}}
 *   <li>Salesforce: {@code GET records/<object>}, {@code GET creations/<object>} (JSON lines), {@code POST people}
 *       {@code {"action":"update|create|delete","type":..,"id":..,"fields":{..},"master":..}}, {@code POST rows}
 *       {@code {"key":..,"code":..,"times":1}} (row errors to come), {@code POST fields}
 *       {@code {"object":..,"name":..,"type":..,"length":..}}, {@code DELETE fields?object=&name=}
 * </ul>
 */
package bellwether.simulator;
