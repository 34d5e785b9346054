package io.binday.trash;

import java.util.EnumSet;
import java.util.Set;

/** Why an asset was left as it is, although an input named it. */
public enum Reject {
    /** The value does not look like an asset ID. */
    MALFORMED("not an asset ID"),
    /** The same asset ID stands earlier in the input. */
    DUPLICATE("named before in the same input"),
    /** There is no such asset. */
    NOT_FOUND("no such asset"),
    /** The asset waits in the trash already. */
    ALREADY_IN_TRASH("already in the trash"),
    /** The asset is not in the trash, so it can be neither restored nor purged. */
    NOT_IN_TRASH("not in the trash"),
    /** The CMS has an asset of the same ID again. */
    LIVE_AGAIN("live again under the same ID"),
    /** Another run has trashed the asset since; what that one has trashed was not asked for. */
    TRASHED_AGAIN("trashed again by another run since"),
    /** The folder the asset lay in is gone, or what else one of its foreign keys points at. */
    PARENT_MISSING("its folder, or what else it needs, is gone"),
    /** The asset was purged: it is gone for good. */
    PURGED("purged, gone for good"),
    /** Somebody holds the asset, so it is not purged. */
    ON_HOLD("on hold"),
    /** The asset has not been in the trash for as long as it must be to be purged. */
    TOO_YOUNG("not in the trash for long enough"),
    /** Nobody can say since when the asset has been in the trash, so it is not purged. */
    QUARANTINED("trashed at no time or in the future"),
    /** The database refused this asset, alone among its neighbours, each time it was tried. */
    REFUSED_BY_DATABASE("refused by the database");

    /** Trying them again ends as it did, unless the input or the CMS is another one then. */
    private static final Set<Reject> LASTING =
            EnumSet.of(MALFORMED, DUPLICATE, NOT_FOUND, ALREADY_IN_TRASH, NOT_IN_TRASH, TRASHED_AGAIN, PURGED);

    private final String meaning;

    Reject(String meaning) {
        this.meaning = meaning;
    }

    /** The reason in plain words, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether it may go away by time, or by what an operator does about it. */
    public boolean mayPass() {
        return !LASTING.contains(this);
    }
}
