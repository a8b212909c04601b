/**
 * What an account's answers mean: which of them count and why the others do not, figures over windows, the state of the relationship,
 * and the day on which any of this changes by itself. All of it is a pure function of answers, rules and a local date.
 */
package bellwether.health;
