package bellwether.simulator;

/** A set of texts that keeps eight bytes of each, and tells how many came before it. That two of a million texts are taken for one happens once in tens of millions of runs. */
final class KeySet {
    private long[] hashes = new long[1 << 12];
    private int[] ordinals = new int[1 << 12];
    private int size;

    /** The number of the text, from 1; negative when it was not there before. */
    synchronized int add(String text) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        long hash = hash(text);
        int slot = slot(hash);
        if (hashes[slot] == hash) {
            return ordinals[slot];
        }
        hashes[slot] = hash;
        ordinals[slot] = ++size;
        return -size;
    }

    synchronized int size() {
        return size;
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldOrdinals = ordinals;
        hashes = new long[oldHashes.length * 2];
        ordinals = new int[oldHashes.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                ordinals[slot] = oldOrdinals[i];
            }
        }
    }

    private static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 0x100000001B3L ^ text.charAt(i);
        }
        hash = Dice.mix(hash, 0, 0);
        return hash == 0 ? 1 : hash;
    }
}
