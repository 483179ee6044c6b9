package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.Nullable;

/** A room as admin-api 5.6 shows it. */
public record RoomDetails(
    String roomId,
    @Nullable String name,
    @Nullable String canonicalAlias,
    long joinedMembers,
    long joinedLocalMembers,
    long joinedLocalDevices,
    String version,
    @Nullable String creator,
    @Nullable String encryption,
    boolean federatable,
    boolean inDirectory,
    @Nullable String joinRules,
    @Nullable String guestAccess,
    @Nullable String historyVisibility,
    long stateEvents,
    @Nullable String roomType,
    @Nullable String topic,
    @Nullable String avatar,
    boolean forgotten,
    boolean tombstoned,
    @Nullable String replacementRoom) {}
