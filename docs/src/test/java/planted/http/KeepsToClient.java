package planted.http;

import okhttp3.OkHttpClient;
import planted.client.KeepsCodecInside;

/** Keeps every rule. */
public record KeepsToClient(KeepsCodecInside client, OkHttpClient http) {}
