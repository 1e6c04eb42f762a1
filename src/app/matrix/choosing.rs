//! Choosing rows, columns, groups and order of the matrix.

use super::{ColumnsChoice, MatrixLayout};
use crate::analysis::{RowsBy, Scope};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{AttributeOf, Topic};

/// What is asked about the layout of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixQuestion {
    /// What the rows are.
    Rows,
    /// What the columns are.
    Columns,
    /// What they are grouped by.
    Group,
    /// What they are sorted by.
    Sort,
    /// Which cases are rows.
    Filter,
}

/// So many values of an attribute are as good as none to group by.
const MANY: usize = 40;

impl Model {
    /// Asks something about the layout.
    pub(in crate::app) fn ask_matrix(&mut self, question: MatrixQuestion) -> Vec<Effect> {
        let choice = |words: &str, detail: &str, answer: &str| Choice {
            words: words.to_owned(),
            detail: detail.to_owned(),
            answer: answer.to_owned(),
        };
        let (words, hint, choices) = match question {
            MatrixQuestion::Rows => (
                "rows",
                "what the rows are",
                vec![
                    choice("people of interviews, focus groups as groups", "", RowsBy::Mixed.name()),
                    choice("participants", "everybody by person", RowsBy::Participants.name()),
                    choice("transcripts", "each as a whole", RowsBy::Transcripts.name()),
                    choice("focus groups", "with their people below", RowsBy::Groups.name()),
                ],
            ),
            MatrixQuestion::Columns => ("columns", "what the columns are", self.column_choices()),
            MatrixQuestion::Group => {
                let mut choices = vec![choice("no groups", "", "")];
                choices.extend(self.attribute_choices());
                ("group by", "an attribute", choices)
            }
            MatrixQuestion::Sort => {
                let mut choices = vec![choice("by name", "", "")];
                choices.extend(self.attribute_choices());
                ("sort by", "an attribute; the one before comes second", choices)
            }
            MatrixQuestion::Filter => {
                let filter = self.matrix.layout.filter.clone();
                let hint = "group:clinician kind:interview; empty for all";
                return self.prompt("only", hint, &filter, Asked::Matrix(question));
            }
        };
        self.choose(Chooser::new(words, hint, choices, Asked::Matrix(question)))
    }

    fn attribute_choices(&self) -> Vec<Choice> {
        let mut names: Vec<String> = Vec::new();
        for of in [AttributeOf::Participant, AttributeOf::Transcript] {
            for attribute in self.study.attributes_of(of) {
                if !names.contains(&attribute.name) {
                    names.push(attribute.name.clone());
                }
            }
        }
        let choice =
            |name: String| Choice { words: name.replace('_', " "), detail: String::new(), answer: name };
        names.into_iter().map(choice).collect()
    }

    fn column_choices(&self) -> Vec<Choice> {
        let choice = |words: String, detail: &str, choice: &ColumnsChoice| Choice {
            words,
            detail: detail.to_owned(),
            answer: serde_json::to_string(choice).unwrap_or_default(),
        };
        let mut choices = vec![
            choice(String::from("themes"), "", &ColumnsChoice::Themes),
            choice(String::from("codes"), "the top ones, with those below", &ColumnsChoice::Codes(None)),
        ];
        for framework in self.study.frameworks().iter() {
            let columns = ColumnsChoice::Components(framework.id.clone());
            choices.push(choice(format!("components of {}", framework.title), &framework.id, &columns));
        }
        for (_, code) in self.study.codes_in_tree_order() {
            if self.study.codes().iter().any(|child| child.parent == Some(code.id)) {
                let columns = ColumnsChoice::Codes(Some(code.id));
                choices.push(choice(format!("codes below “{}”", code.name), "", &columns));
            }
        }
        choices
    }

    /// Lays the matrix out as was answered. The choice stays on its case.
    pub(in crate::app) fn lay_matrix_by(&mut self, question: MatrixQuestion, answer: &str) -> Vec<Effect> {
        let layout = &mut self.matrix.layout;
        match question {
            MatrixQuestion::Rows => layout.rows = RowsBy::parse(answer).unwrap_or_default(),
            MatrixQuestion::Columns => layout.columns = serde_json::from_str(answer).unwrap_or_default(),
            MatrixQuestion::Group => layout.group = Some(answer.to_owned()).filter(|name| !name.is_empty()),
            MatrixQuestion::Sort if answer.is_empty() => layout.sort.clear(),
            MatrixQuestion::Sort => {
                layout.sort.retain(|name| name != answer);
                layout.sort.insert(0, answer.to_owned());
            }
            MatrixQuestion::Filter => match Scope::read(answer, &self.study) {
                Ok(_) => answer.clone_into(&mut self.matrix.layout.filter),
                Err(error) => {
                    self.refuse(format!("Nothing is filtered: {error}."));
                    return Vec::new();
                }
            },
        }
        self.make_grid();
        let groups = self.matrix.grid.groups.len();
        if question == MatrixQuestion::Group && groups > MANY {
            let name = self.matrix.layout.group.clone().unwrap_or_default().replace('_', " ");
            self.say(format!("{name} has {groups} values here: hardly any cases stand together."));
        }
        Vec::new()
    }

    /// Takes the codes below the chosen column as columns.
    pub(in crate::app) fn open_column(&mut self) -> Vec<Effect> {
        let Some((_, Topic::Code(code))) = self.matrix.chosen() else {
            let keys = self.keys_of("choose_columns");
            self.refuse(format!("Only a code has codes below it; {keys} chooses columns."));
            return Vec::new();
        };
        if !self.study.codes().iter().any(|child| child.parent == Some(code)) {
            self.refuse("No code stands below this one.");
            return Vec::new();
        }
        self.matrix.layout.columns = ColumnsChoice::Codes(Some(code));
        Vec::new()
    }

    /// Esc on the grid: to the columns above, else all cases again.
    pub(in crate::app) fn leave_matrix(&mut self) {
        let MatrixLayout { columns, filter, .. } = &mut self.matrix.layout;
        match columns {
            ColumnsChoice::Codes(Some(code)) => {
                let above = self.study.codes().get(code).and_then(|code| code.parent);
                *columns = ColumnsChoice::Codes(above);
            }
            _ => filter.clear(),
        }
    }
}
