namespace Accounts.Core.Users.Extra;

/// <summary>Names that mean something where an extra field would stand, and those that tell a service who somebody is and what they may.</summary>
internal static class ReservedFieldNames
{
    private static readonly HashSet<string> Names =
    [
        .. "id username email email_verified providers first_name last_name roles has_password ways locale date_joined legacy_id".Split(' '),
        .. "password password1 password2 old_password new_password remember invitation restore restored attempt token access access_expires_in refresh session_token user".Split(' '),
        .. "detail code message messages reason retry_after restore_until link_token methods ticket expires_in max_age error error_description non_field_errors".Split(' '),
        .. "iss sub aud exp nbf iat jti sid client_id user_id token_type auth_time amr acr azp ver nonce cnf act active scope groups entitlements profile".Split(' '),
        .. "role is_staff is_superuser is_admin is_active permissions user_permissions".Split(' '),
        .. "last_login deleted_at suspended_until verified_at created_at updated_at version".Split(' '),
    ];

    public static bool Contains(string name) => Names.Contains(name);
}
