package io.tulle.http.server;

import io.tulle.api.call.MeshHeaders;
import io.tulle.core.call.ServedCall;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * A response that gets {@code x-mesh-retry: never} where it is due. A container sends the head when its buffer is full, at a time that nobody is told; so the
 * header is set whenever a status is, and looked at again where writing begins.
 */
final class ServedResponse extends HttpServletResponseWrapper {
    private final ServedCall call;

    ServedResponse(HttpServletResponse response, ServedCall call) {
        super(response);
        this.call = call;
    }

    void spareRetries() {
        spareRetries(getStatus());
    }

    void spareRetries(int status) {
        if (call.sparesRetries(status)) {
            setHeader(MeshHeaders.RETRY, MeshHeaders.NEVER); // ignored once the head is sent
        }
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        spareRetries(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        spareRetries(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        spareRetries(status);
        super.sendError(status, message);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        spareRetries();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        spareRetries();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        spareRetries();
        super.flushBuffer();
    }
}
