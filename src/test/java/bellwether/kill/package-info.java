/** Kills a daemon at chosen steps and random points of them, starts it again, and lets the oracle judge what has become of the data. */
package bellwether.kill;
