package dev.bailiff.schemas.api.media;

import java.util.List;

/**
 * The media that a call deleted (admin-api 4.14, 5.13, 5.14).
 *
 * @param deletedMedia media ids
 * @param total number of media
 */
public record DeletedMediaReply(List<String> deletedMedia, int total) {}
