package dev.bailiff.homeserver;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a process that a homeserver may use.
 *
 * @param jdbi the connections of the job store, so that a homeserver in the same database joins its
 *     transactions
 * @param statementTimeout bound of each statement, and of each wait for a lock
 * @param mediaFolder folder of the media files; null: this process deletes no files
 * @param identity the identity servers to unbind addresses at
 */
public record HomeserverContext(
    Jdbi jdbi, Duration statementTimeout, @Nullable Path mediaFolder, IdentityConfig identity) {}
