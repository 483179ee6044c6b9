/**
 * Replies of the HTTP API, as records whose JSON has snake-case keys and ISO 8601 times: those of
 * the API of our own, {@code /_bailiff/v1/}, here, those of the admin API in one package for each
 * feature. Data only: no logic, no annotations of a web framework. {@link
 * dev.bailiff.schemas.api.ReplyJson} sets Jackson up for these records.
 */
@NullMarked
package dev.bailiff.schemas.api;

import org.jspecify.annotations.NullMarked;
