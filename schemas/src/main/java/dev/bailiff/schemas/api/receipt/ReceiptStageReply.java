package dev.bailiff.schemas.api.receipt;

import dev.bailiff.schemas.api.ProgressReply;

/** What a part of a job did, in numbers. */
public record ReceiptStageReply(String name, ProgressReply progress) {}
