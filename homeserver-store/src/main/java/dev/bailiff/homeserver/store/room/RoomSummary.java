package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.Nullable;

/** A room as admin-api 5.5 lists it. */
public record RoomSummary(
    String roomId,
    @Nullable String name,
    @Nullable String canonicalAlias,
    long joinedMembers,
    long joinedLocalMembers,
    String version,
    @Nullable String creator,
    @Nullable String encryption,
    boolean federatable,
    boolean inDirectory,
    @Nullable String joinRules,
    @Nullable String guestAccess,
    @Nullable String historyVisibility,
    long stateEvents,
    @Nullable String roomType) {}
