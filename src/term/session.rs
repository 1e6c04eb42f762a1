//! The screen as long as it is ours: a guard that enters, draws frames and gives the terminal back.

use std::cell::RefCell;
use std::io::{self, Write};
use std::mem;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picture::Picture;
use super::screen::Manner;
use super::{TermError, clipboard, screen};

/// Synchronized output (DEC private mode 2026): the terminal shows a frame whole. Unknown modes are ignored, so it
/// is never asked for.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// Puts a screen of unknown content into the state that a new frame is compared with.
const CLEAR: &[u8] = b"\x1b[m\x1b[H\x1b[2J";

/// Collects a frame's bytes; flushing is ours to do, once a frame.
#[derive(Clone, Default)]
struct Outbox(Rc<RefCell<Vec<u8>>>);

impl Outbox {
    fn push(&self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }

    /// Writes all that was collected.
    fn send(&self) -> io::Result<usize> {
        let bytes = mem::take(&mut *self.0.borrow_mut());
        screen::write_all(&bytes)?;
        let written = bytes.len();
        // Keep the memory for the next frame.
        *self.0.borrow_mut() = bytes;
        self.0.borrow_mut().clear();
        Ok(written)
    }
}

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What drawing a frame cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Bytes written to the terminal.
    pub bytes: usize,
}

/// The terminal while it shows our screen. Dropping it gives the terminal back as it was.
///
/// It stays on the thread that drives the loop. There is one at a time.
pub struct Session {
    picture: Picture<Outbox>,
    outbox: Outbox,
    size: (u16, u16),
    manner: Manner,
    /// What the terminal shows is not what the last frame said.
    stale: bool,
}

impl Session {
    /// Takes the terminal over: raw input, alternate screen, bracketed paste, no cursor. It is asked nothing.
    ///
    /// # Errors
    /// Where the terminal refuses; it is then as it was.
    pub fn enter() -> Result<Self, TermError> {
        Self::enter_as(Manner::Screen)
    }

    /// Takes the terminal over for lines that scroll: raw input and bracketed paste, and nothing else.
    ///
    /// # Errors
    /// Where the terminal refuses; it is then as it was.
    pub fn enter_lines() -> Result<Self, TermError> {
        Self::enter_as(Manner::Lines)
    }

    fn enter_as(manner: Manner) -> Result<Self, TermError> {
        // crossterm 0.29 obeys NO_COLOR with a reset that takes reverse and bold along. Our monochrome theme
        // obeys it instead.
        crossterm::style::force_color_output(true);
        let (outbox, size) = (Outbox::default(), screen::size());
        let picture = Picture::new(outbox.clone(), size);
        screen::enter(manner).map_err(TermError::Enter)?;
        Ok(Self { picture, outbox, size, manner, stale: false })
    }

    /// Columns and rows of the frames.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Paints one frame and sends what differs from the last one, in one write. `paint` gives back where the cursor belongs,
    /// if it is to be seen.
    ///
    /// # Errors
    /// Where the terminal no longer takes output; as a rule it is gone.
    pub fn draw(
        &mut self,
        paint: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
    ) -> Result<Drawn, TermError> {
        self.outbox.push(BEGIN_FRAME);
        if mem::take(&mut self.stale) {
            self.outbox.push(CLEAR);
        }
        self.picture.draw(paint).map_err(TermError::Write)?;
        self.outbox.push(END_FRAME);
        let bytes = self.outbox.send().map_err(TermError::Write)?;
        Ok(Drawn { bytes })
    }

    /// Writes lines that scroll, for a session that was [entered](Self::enter_lines) for them.
    ///
    /// # Errors
    /// Where the terminal no longer takes output; as a rule it is gone.
    pub fn write(&mut self, lines: &str) -> Result<(), TermError> {
        self.outbox.push(lines.replace('\n', "\r\n").as_bytes());
        self.outbox.send().map_err(TermError::Write)?;
        Ok(())
    }

    /// Puts text in the clipboard of whoever looks at the terminal (OSC 52). Whether the terminal takes it cannot be known.
    ///
    /// # Errors
    /// Where the terminal no longer takes output; as a rule it is gone.
    pub fn copy(&mut self, text: &str) -> Result<(), TermError> {
        self.outbox.push(&clipboard::sequence(text));
        self.outbox.send().map_err(TermError::Write)?;
        Ok(())
    }

    /// Measures the terminal, and returns columns and rows, at least one of each. If they are not what they were,
    /// the next frame is drawn whole.
    ///
    /// # Errors
    /// Never in practice: nothing is written yet.
    pub fn measure(&mut self) -> Result<(u16, u16), TermError> {
        let size = screen::size();
        if size != self.size {
            self.size = size;
            self.redraw_all()?;
        }
        Ok(size)
    }

    /// Makes the next frame draw everything, where other programs may have written on the screen.
    ///
    /// # Errors
    /// Never in practice: nothing is written yet.
    pub fn redraw_all(&mut self) -> Result<(), TermError> {
        self.picture = Picture::new(self.outbox.clone(), self.size);
        self.stale = true;
        Ok(())
    }

    /// Takes the terminal over again after it was given away or others changed it. [`Session::size`] may be another.
    ///
    /// # Errors
    /// Where the terminal refuses.
    pub fn recover(&mut self) -> Result<(), TermError> {
        screen::enter(self.manner).map_err(TermError::Enter)?;
        self.size = screen::size();
        self.redraw_all()
    }

    /// Ends the session without a byte to the terminal, which is gone.
    pub fn abandon(self) {
        screen::forget();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        screen::leave();
    }
}
