/**
 * What an account's answers mean: which of them count and why the others do not, figures over windows, the state of the relationship,
 * and when any of this changes by itself. All of it is a pure function of answers, rules and the time.
 */
package bellwether.health;
