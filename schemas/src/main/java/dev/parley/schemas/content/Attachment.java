package dev.parley.schemas.content;

/// Something that lies elsewhere; only the reference is in the message.
///
/// @param bytes size; 0: unknown
/// @param width pixels; 0: unknown or none
/// @param height pixels; 0: unknown or none
public record Attachment(
    String id, String name, String mediaType, long bytes, String url, int width, int height) {}
