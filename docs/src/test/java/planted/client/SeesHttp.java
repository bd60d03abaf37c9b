package planted.client;

import planted.http.KeepsToClient;

/** Breaks: the client sees no adapter. */
public record SeesHttp(KeepsToClient http) {}
