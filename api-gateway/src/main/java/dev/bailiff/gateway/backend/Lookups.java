package dev.bailiff.gateway.backend;

import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.deactivation.KnownUsers;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.history.HistoryPoints;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.homeserver.roomdeletion.KnownRooms;
import dev.bailiff.homeserver.selection.SelectionPort;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The questions to a homeserver that a call asks before it becomes a job. A heavy call needs these
 * and no other part of the backend.
 *
 * @param serverName empty while the homeserver has no name yet
 */
public record Lookups(
    Supplier<Optional<String>> serverName,
    KnownUsers users,
    KnownRooms rooms,
    RedactableRooms redaction,
    HistoryPoints history,
    MediaPages media,
    SelectionPort selection,
    CountingPort counting,
    GuardPort guard) {}
