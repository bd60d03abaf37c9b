package planted.core.call;

import java.net.Socket;

/** Breaks: the core opens no socket. */
public record OpensSocket(Socket socket) {}
