package planted.registry;

import planted.client.KeepsCodecInside;

final class SeesClient {
    private SeesClient() {}

    static KeepsCodecInside client() {
        return new KeepsCodecInside();
    }
}
