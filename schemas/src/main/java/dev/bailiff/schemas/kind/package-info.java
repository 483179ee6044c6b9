/**
 * The contract of each kind of job: its name, targets and parameters. Kinds are found by {@link
 * java.util.ServiceLoader} as {@link dev.bailiff.schemas.kind.KindContract}; each has a JSON Schema
 * beside it in the resources.
 */
@NullMarked
package dev.bailiff.schemas.kind;

import org.jspecify.annotations.NullMarked;
