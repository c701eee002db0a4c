//! What a person does and sees on a page: always by what can be seen, and never sooner than it is there.

use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value as Json, json};

use crate::device::{Device, patiently};

/// `seen(element)`, and `like(words, whole)` as a pattern.
const WORDS: &str = r"
    const seen = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
    const like = (words, whole) => {
      const inner = words.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      return new RegExp(whole ? `^${inner}$` : inner);
    };";

impl Device {
    /// Waits until something answers to the CSS selector and can be seen.
    pub async fn see(&self, css: &str) -> Result<Element> {
        self.find(css, "return [...document.querySelectorAll(arguments[0])].find(seen)", vec![json!(css)]).await
    }

    /// Waits until the words stand on the page, and gives them as they stand. `…` stands for anything.
    pub async fn read(&self, words: &str) -> Result<String> {
        let script = format!("{WORDS} return (document.body.innerText.match(like(arguments[0], false)) ?? [null])[0]");
        let found = patiently(words, async || {
            let found = self.page.execute(&script, vec![json!(words)]).await?;
            Ok(found.as_str().map(str::to_owned))
        });
        self.or_what_there_is(found.await).await
    }

    /// Taps what has this role and this name (`…` stands for anything), once it is there and may be tapped.
    pub async fn tap(&self, role: &str, name: &str) -> Result<()> {
        let css = match role {
            "button" => "button, summary",
            "link" => "a[href]",
            other => bail!("no such role here: {other}"),
        };
        let script = r"const [css, name] = arguments, wanted = like(name, true);
             return [...document.querySelectorAll(css)].find((el) => !el.disabled && seen(el) &&
               wanted.test((el.ariaLabel ?? el.innerText).replace(/\s+/g, ' ').trim()))";
        let what = format!("the {role} “{name}”");
        let found = self.find(&what, script, vec![json!(css), json!(name)]).await?;
        self.press(found).await.with_context(|| what)
    }

    /// Taps what answers to the CSS selector.
    pub async fn tap_at(&self, css: &str) -> Result<()> {
        self.press(self.see(css).await?).await.with_context(|| css.to_owned())
    }

    /// Brings it before the eyes, from under the bars at the edges too, and taps it.
    async fn press(&self, element: Element) -> Result<()> {
        let shown = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.page.execute(shown, vec![serde_json::to_value(&element)?]).await?;
        Ok(element.click().await?)
    }

    /// Types into the field that answers to the CSS selector.
    pub async fn write(&self, css: &str, words: &str) -> Result<()> {
        Ok(self.see(css).await?.send_keys(words).await?)
    }

    /// What the elements say that answer to the CSS selector.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.page.find_all(Locator::Css(css)).await? {
            texts.push(element.text().await?.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Ok(texts)
    }

    /// Waits until the script finds an element.
    pub async fn find(&self, what: &str, script: &str, ask: Vec<Json>) -> Result<Element> {
        let script = format!("{WORDS} {script}");
        let found = patiently(what, async || {
            let found = self.page.execute(&script, ask.clone()).await?;
            // WebDriver hands an element over as an object of one field.
            let id = found.as_object().and_then(|element| element.values().next()?.as_str());
            Ok(id.map(|id| Element::from_element_id(self.page.clone(), ElementRef::from(id.to_owned()))))
        });
        self.or_what_there_is(found.await).await
    }

    /// Whoever waited in vain is told what is on the page instead.
    async fn or_what_there_is<T>(&self, found: Result<T>) -> Result<T> {
        let Err(error) = found else { return found };
        let there = self.page.execute("return location.hash + ' ' + document.body.innerText", vec![]).await;
        Err(error.context(format!("there is only {}", there.unwrap_or_default())))
    }
}
