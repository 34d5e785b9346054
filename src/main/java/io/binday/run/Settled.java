package io.binday.run;

/** How many items were done and rejected. */
record Settled(int done, int rejected) {

    Settled plus(Settled other) {
        return new Settled(done + other.done, rejected + other.rejected);
    }
}
