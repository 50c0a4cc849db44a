
_clap_complete_wattkey() {
    local IFS=$'\013'
    local _CLAP_COMPLETE_INDEX=${COMP_CWORD}
    local _CLAP_COMPLETE_COMP_TYPE=${COMP_TYPE}
    if compopt +o nospace 2> /dev/null; then
        local _CLAP_COMPLETE_SPACE=false
    else
        local _CLAP_COMPLETE_SPACE=true
    fi
    local words=("${COMP_WORDS[@]}")
    local parts=("${words[@]}") at last=-1 current=0 glued= prefix=
    words=()
    for ((at = 0; at < ${#parts[@]}; at++)); do
        if ((last >= 0)) && [[ ${parts[at]} == : || -n $glued ]]; then
            words[last]+="${parts[at]}"
        else
            words[++last]="${parts[at]}"
        fi
        glued=
        [[ ${parts[at]} == : ]] && glued=yes
        ((at == COMP_CWORD)) && current=$last
    done
    [[ ${words[current]} == *:* ]] && prefix="${words[current]%"${words[current]##*:}"}"
    _CLAP_COMPLETE_INDEX=$current
    COMPREPLY=( $( \
        _CLAP_IFS="$IFS" \
        _CLAP_COMPLETE_INDEX="$_CLAP_COMPLETE_INDEX" \
        _CLAP_COMPLETE_COMP_TYPE="$_CLAP_COMPLETE_COMP_TYPE" \
        _CLAP_COMPLETE_SPACE="$_CLAP_COMPLETE_SPACE" \
        COMPLETE="bash" \
        "wattkey" -- "${words[@]}" \
    ) )
    if [[ $? != 0 ]]; then
        unset COMPREPLY
    elif [[ -n $prefix ]]; then
        COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
    elif [[ $_CLAP_COMPLETE_SPACE == false ]] && [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _clap_complete_wattkey wattkey
else
    complete -o nospace -o bashdefault -F _clap_complete_wattkey wattkey
fi

