//! Whether a text is a program or a configuration rather than prose.
//!
//! What is *told* is told in words. `oktaKey = 0000` and `{{ .Values.password }}` are made of the
//! same letters and tell nothing; what they hold is for the shapes to find.

/// Whether it is code: signs that only programs use, and fewer words than half of it.
pub(crate) fn is_code(text: &str) -> bool {
    let mut signs = false;
    let mut words = 0;
    let mut all = 0;
    for token in text.split_whitespace() {
        let bytes = token.as_bytes();
        let lettered = bytes
            .iter()
            .any(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        // Tags, handles and links have signs of their own, and so have smileys.
        let named = matches!(bytes.first(), Some(b'#' | b'@')) || token.contains("://");
        let operator = matches!(token, "=" | ":=" | "=>" | "==" | "{" | "}" | "{{" | "}}");
        signs |= !named
            && (operator
                || lettered
                    && bytes
                        .iter()
                        .any(|b| matches!(b, b'=' | b'{' | b'}' | b'<' | b'_'))
                || token.contains("::")
                || token.contains("()")
                || token.ends_with("\":"));
        all += usize::from(lettered || operator);
        let bare = token
            .trim_start_matches(['(', '"', '“', '«', '¿', '¡', '\''])
            .trim_end_matches(['.', ',', '!', '?', ')', '"', '”', '»', '…', '\'']);
        words += usize::from(
            !bare.is_empty()
                && bare
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-')),
        );
    }
    signs && words * 2 < all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_prose() {
        for text in [
            "oktaKey = 00000000000000",
            "CO_API_KEY=xxxxxxxx",
            "PuttyPassword=0",
            "\t\"key_vault_name\": \"web21\",",
            "<key tag=\"Id\" type=\"STRING\" />",
            "data:\n  password: {{ .Values.Password }}\nkind: secret",
            "login_password = var.db_password",
            "fn main() { let key = std::env::var(\"KEY\"); }",
        ] {
            assert!(is_code(text), "{text}");
        }
        for text in [
            "",
            "Wifi: girasoles",
            "user admin, contraseña admin, en el tablero",
            "Anyone know why api_key = \"x\" stopped working for us today?",
            "Te quiero <3 =) 2+2",
            "la clave del wifi de la sucursal es Girasol2024",
            "@ana_b #dia_D https://a.example/?x=1",
            "password combination.\n\nR5: Regulatory--21",
            "今日は会議です",
        ] {
            assert!(!is_code(text), "{text}");
        }
    }
}
