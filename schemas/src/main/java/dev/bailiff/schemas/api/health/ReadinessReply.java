package dev.bailiff.schemas.api.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateway can serve.
 *
 * @param status {@code ok}, {@code degraded} or {@code unavailable}
 * @param database {@code ok} or {@code away}
 * @param kafka {@code ok} or {@code away}
 * @param homeserver {@code ok} or {@code away}; absent with the own store, which is the database
 * @param withoutWorkers kinds whose jobs no worker works; absent if every kind has a worker
 * @param loops {@code failing} if a loop of this gateway fails; absent otherwise
 */
public record ReadinessReply(
    String status,
    String database,
    String kafka,
    @JsonInclude(Include.NON_NULL) @Nullable String homeserver,
    @JsonInclude(Include.NON_NULL) @Nullable List<String> withoutWorkers,
    @JsonInclude(Include.NON_NULL) @Nullable String loops) {}
