/**
 * What the API of our own, {@code /_bailiff/v1/}, answers, as records whose JSON has snake-case
 * keys and ISO 8601 times. Data only: no logic, no annotations of a web framework.
 */
@NullMarked
package dev.bailiff.schemas.api;

import org.jspecify.annotations.NullMarked;
