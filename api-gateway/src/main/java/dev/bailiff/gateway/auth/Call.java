package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.job.wait.Preference;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.RequestBody;
import java.util.List;

/**
 * One authenticated call: the parts of a request that resources need besides its path. Query and
 * body are checked when a resource asks for them, so the resource decides the order of its errors.
 *
 * @param idempotencyKey values of the header {@code Idempotency-Key}, usually zero or one
 */
public record Call(
    Caller caller,
    Authenticator.Origin origin,
    QueryParameters query,
    RequestBody body,
    Preference preference,
    List<String> idempotencyKey) {}
