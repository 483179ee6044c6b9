package dev.bailiff.schemas.api.media;

/** One medium (admin-api 5.15). */
public record MediaInformationReply(MediaRecordReply mediaInfo) {}
