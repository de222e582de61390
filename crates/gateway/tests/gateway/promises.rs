//! What a model promises and nothing backs is not said, or is done.

use crate::model::Does;
use crate::world::World;

#[tokio::test]
async fn a_refund_that_nobody_made_is_never_read() {
    for is_stream in [true, false] {
        let world = World::new().await;
        world.model.next(Does::Says(
            "Thanks for the details. I have refunded your order now. It takes three days.",
        ));
        let came = world
            .says("a", "The blender came broken, what can be done?", is_stream)
            .await;
        let text = came.text();
        assert!(!text.contains("refunded"), "{text}");
        assert!(!text.contains("I have"), "{text}");
        assert_eq!(came.note()["rule"], "implied_action", "{}", came.body);
        assert_eq!(came.note()["floor"], "queue");
        assert_eq!(came.finish(), "stop");
        let log = world.log(came.conversation()).await;
        let withheld = log
            .iter()
            .any(|line| line.starts_with('[') && line.contains("refunded"));
        assert!(withheld, "{log:#?}");
        let shown = log
            .iter()
            .any(|line| line == "assistant: Thanks for the details.  -");
        assert_eq!(shown, is_stream, "{log:#?}");
    }
}

#[tokio::test]
async fn a_person_who_is_promised_comes() {
    let world = World::new().await;
    world
        .model
        .next(Does::Says("I'll transfer you to a colleague now. "));
    let came = world
        .says("a", "The blender came broken, what can be done?", true)
        .await;
    assert_eq!(came.note()["rule"], "implied_promise");
    assert_eq!(came.note()["floor"], "queue");
    assert!(!came.text().contains("transfer"), "{}", came.text());
}

#[tokio::test]
async fn what_may_become_a_promise_and_does_not_is_shown_whole() {
    let world = World::new().await;
    let text =
        "I have looked it up. If you like, I can refund it once it is back. We are open until six.";
    world.model.next(Does::Says(text));
    let came = world
        .says("a", "The blender came broken, what can be done?", true)
        .await;
    assert_eq!(came.text(), text);
    assert_eq!(
        world.log(came.conversation()).await[1],
        format!("assistant: {text}")
    );
}
