package planted.cli;

import planted.http.KeepsToClient;

/** Breaks: the command line sees no adapter. */
public record SeesHttp(KeepsToClient http) {}
