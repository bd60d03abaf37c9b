package io.tulle.http;

import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Request;
import okhttp3.Response;

/** The application's cookie jar sees each call once, by its logical URL; the attempts know nothing of it. */
final class Cookies {
    private Cookies() {}

    static Request load(CookieJar jar, Request request) {
        List<Cookie> cookies = jar.loadForRequest(request.url());
        if (cookies.isEmpty()) {
            return request;
        }
        StringBuilder header = new StringBuilder();
        for (Cookie cookie : cookies) {
            header.append(header.length() == 0 ? "" : "; ")
                    .append(cookie.name())
                    .append('=')
                    .append(cookie.value());
        }
        return request.newBuilder().header("Cookie", header.toString()).build();
    }

    static void save(CookieJar jar, Request request, Response response) {
        List<Cookie> cookies = Cookie.parseAll(request.url(), response.headers());
        if (!cookies.isEmpty()) {
            jar.saveFromResponse(request.url(), cookies);
        }
    }
}
