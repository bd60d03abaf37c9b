package planted.client;

import okhttp3.OkHttpClient;

/** Breaks: only http uses OkHttp. */
record UsesOkHttp(OkHttpClient client) {}
