package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttachmentTest {
    @Test
    void eachOwnerFindsItsOwnNewest() {
        String one = new String("owner");
        String other = new String("owner");
        Attachment first = new Attachment(one, 1, null);
        Attachment second = new Attachment(other, 2, first);
        Attachment third = new Attachment(one, 3, second);
        assertThat(Attachment.find(one, third)).isEqualTo(3);
        assertThat(Attachment.find(other, third)).isEqualTo(2);
        assertThat(Attachment.find(other, first)).isNull();
        assertThat(Attachment.find(one, null)).isNull();
    }
}
