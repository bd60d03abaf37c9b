package io.tulle.docs;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Conditions that ArchUnit does not bring. */
final class Conditions {
    private Conditions() {}

    /** No public class names such a type as a supertype, nor in a public or protected member. */
    static ArchCondition<JavaClass> notShowInSignatures(DescribedPredicate<JavaClass> hidden, String what) {
        return new ArchCondition<>("not show " + what + " in signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isVisible(type)) {
                    return;
                }
                involvedInHeader(type).filter(hidden).forEach(shown -> report(type.getFullName(), shown, events));
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member)) {
                        member.getAllInvolvedRawTypes().stream()
                                .filter(hidden)
                                .forEach(shown -> report(member.getFullName(), shown, events));
                    }
                }
            }

            private void report(String where, JavaClass shown, ConditionEvents events) {
                events.add(SimpleConditionEvent.violated(shown, where + " shows " + shown.getName()));
            }
        };
    }

    /** The class's package has a package-info with {@link NullMarked}. */
    static ArchCondition<JavaClass> liveInNullMarkedPackage() {
        return new ArchCondition<>("live in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " lives in a package without @NullMarked package-info"));
                }
            }
        };
    }

    private static Stream<JavaClass> involvedInHeader(JavaClass type) {
        Stream<JavaType> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return supertypes.flatMap(supertype -> supertype.getAllInvolvedRawTypes().stream());
    }

    private static boolean isVisible(JavaClass type) {
        boolean here = isVisible(type.getModifiers());
        return here && type.getEnclosingClass().map(Conditions::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers());
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
